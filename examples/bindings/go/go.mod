module trpt.example/trpt

go 1.19
