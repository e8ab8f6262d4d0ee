namespace Issuer.Server.Hosting.Settings;

/// <summary>
/// One section of the settings, from <c>appsettings.json</c> or the environment (<c>Section__Name</c>). Each is checked
/// when the program opens its store, whether or not it is needed then. docs/settings.md lists them all.
/// </summary>
interface ISettings
{
    static abstract string Section { get; }

    /// <summary>Whether others keep something in that section too, which is not ours to refuse.</summary>
    static virtual bool IsShared => false;

    /// <summary>Each names its setting as the environment spells it.</summary>
    IEnumerable<string> Faults();
}
