using CloudNative.Sdk.LoadShedding;

namespace CloudNative.Sdk.Tests.LoadShedding;

/// <summary>A request of the simulation.</summary>
internal sealed class SimulatedRequest(RequestPriority priority, long came, Action<bool> decide) : Waiter(priority, long.MaxValue)
{
    public long Came { get; } = came;

    public long? Answered { get; set; }

    public bool IsGood(TimeSpan patience) => Answered - Came <= patience.Ticks;

    public override void Decide(bool isAdmitted) => decide(isAdmitted);
}
