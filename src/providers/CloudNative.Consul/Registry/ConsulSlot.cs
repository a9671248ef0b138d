namespace CloudNative.Consul.Registry;

/// <summary>The place of one id at the agent: what is said of it is said one at a time, and only by who registered last.</summary>
internal sealed class ConsulSlot
{
    /// <summary>Held while the agent is told something.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Who registered last and did not leave. Read and written by who has the turn.</summary>
    public ConsulRegistration? Current { get; set; }
}
