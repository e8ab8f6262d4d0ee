using Xunit.Abstractions;
using Xunit.Sdk;

namespace Issuer.Tests;

/// <summary>
/// A fact of a class that may need something this machine lacks (<see cref="NeedsPostgresAttribute"/> on the class).
/// Then it is skipped with a line that says what to install, or fails when <c>ISSUER_NO_SKIP=1</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Issuer.Tests.RequiresFactDiscoverer", "Issuer.Tests")]
public sealed class RequiresFactAttribute : FactAttribute;

/// <summary>The same with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Issuer.Tests.RequiresTheoryDiscoverer", "Issuer.Tests")]
public sealed class RequiresTheoryAttribute : TheoryAttribute;

/// <summary>Every <see cref="RequiresFactAttribute"/> in this class needs a PostgreSQL server to start.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;

public sealed class RequiresFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new RequiresTestCase(
            messages, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(),
            testMethod)];
}

public sealed class RequiresTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute,
        object[] dataRow) =>
        [new RequiresTestCase(
            DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(),
            discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, dataRow)];
}

public sealed class RequiresTestCase : XunitTestCase
{
    [Obsolete("For the runner, which brings test cases back from text.")]
    public RequiresTestCase()
    {
    }

    public RequiresTestCase(
        IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method,
        object[]? row = null)
        : base(messages, display, options, method, row)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute)
    {
        var needsPostgres = TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute)).Any();
        return needsPostgres && Storage.PostgresServer.Missing is { } missing
            && Environment.GetEnvironmentVariable("ISSUER_NO_SKIP") != "1"
            ? missing
            : base.GetSkipReason(factAttribute);
    }
}
