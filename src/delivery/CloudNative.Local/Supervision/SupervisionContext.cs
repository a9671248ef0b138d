using CloudNative.Local.Output;
using CloudNative.Local.Ports;
using CloudNative.Local.Running;

namespace CloudNative.Local.Supervision;

/// <summary>What all replicas of a run share.</summary>
internal sealed record SupervisionContext(
    LocalAppOptions Options,
    RunDirectory Directory,
    PortAllocator Ports,
    AppConsole Console,
    TimeProvider Time)
{
    public bool ShowsAll(string service) =>
        Options.Logs.Any(name => name == service || string.Equals(name, "all", StringComparison.OrdinalIgnoreCase));
}
