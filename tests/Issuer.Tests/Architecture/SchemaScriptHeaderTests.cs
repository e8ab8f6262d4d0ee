using Issuer.Storage.Schema;

namespace Issuer.Tests.Architecture;

public sealed class SchemaScriptHeaderTests
{
    /// <summary>
    /// A script without <c>-- expand: why</c> or <c>-- contract: why</c> in its first line cannot be read.
    /// </summary>
    [Fact]
    public void Every_script_of_the_schema_says_whether_older_programs_run_on_it() =>
        Assert.All(SchemaScript.All, script => Assert.NotEmpty(script.Steps));
}
