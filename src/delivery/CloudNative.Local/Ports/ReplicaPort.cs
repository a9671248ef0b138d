using CloudNative.AppModel;

namespace CloudNative.Local.Ports;

/// <summary>A port that was taken for a replica.</summary>
/// <param name="Definition">What the app's file says of it.</param>
/// <param name="Number">The port.</param>
internal sealed record ReplicaPort(PortDefinition Definition, int Number)
{
    public Uri Address => new UriBuilder("http", "127.0.0.1", Number).Uri;
}
