module trpt

go 1.19
