namespace CloudNative.Discovery.Balancing;

/// <summary>From where this process looks at its neighbours; read only when a client's settings ask for it.</summary>
internal sealed class Vantage(Lazy<ServiceInfo> self)
{
    public string? Zone => self.Value.Zone;

    public string InstanceId => self.Value.InstanceId;
}
