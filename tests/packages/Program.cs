// Somebody else's program, which has the packages and not the source. tests/run.sh builds it elsewhere and runs it.
var wrong = 0;
foreach (var (expected, actual) in Golden.Answers(args[0]))
{
    Console.WriteLine(actual);
    if (actual != expected)
    {
        Console.Error.WriteLine($"expected: {expected}");
        wrong++;
    }
}
return wrong == 0 ? 0 : 1;
