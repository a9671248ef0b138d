namespace Shop.CardNetwork.Behaviour;

/// <summary>Decides what befalls a request. Thread-safe.</summary>
internal sealed class Mood(TimeProvider time)
{
    private volatile NetworkBehaviour _behaviour = new();

    public NetworkBehaviour Behaviour
    {
        get => _behaviour;
        set => _behaviour = value;
    }

    /// <summary>Takes its time, and perhaps all of it: then it ends when the caller gives up.</summary>
    public async Task SpendTimeAsync(CancellationToken cancellationToken)
    {
        var behaviour = _behaviour;
        var hangs = Random.Shared.NextDouble() < behaviour.Hanging;
        await Task.Delay(
            hangs ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(behaviour.Delay), time, cancellationToken);
    }

    public Fate Decide()
    {
        var (luck, failing) = (Random.Shared.NextDouble(), _behaviour.Failing);
        return luck < failing / 2 ? Fate.FailsBefore : luck < failing ? Fate.FailsAfter : Fate.Fine;
    }
}
