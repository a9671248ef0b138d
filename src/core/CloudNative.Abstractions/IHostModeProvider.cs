namespace CloudNative;

/// <summary>
/// Tells how this host runs. The default answers <see cref="HostMode.Service"/> unless a known tool is the entry
/// assembly; CloudNative.Sdk also recognises test servers. <c>CloudNative:Hosting:Mode</c> overrides both.
/// </summary>
public interface IHostModeProvider
{
    /// <summary>The mode; constant once the host is built.</summary>
    HostMode Mode { get; }
}
