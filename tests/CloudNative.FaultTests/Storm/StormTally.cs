using System.Collections.Concurrent;

namespace CloudNative.FaultTests.Storm;

/// <summary>What was acknowledged, and what happened besides.</summary>
internal sealed class StormTally
{
    /// <summary>The last number that was acknowledged, by key.</summary>
    public ConcurrentDictionary<string, long> Acknowledged { get; } = new();

    private int _kills;

    /// <summary>What else the processes said: refused, state, failed, each with the beginning of its reason.</summary>
    public ConcurrentDictionary<string, int> Words { get; } = new();

    public int Kills => Volatile.Read(ref _kills);

    public int Pauses { get; set; }

    /// <summary>What was done to the ground, by kind.</summary>
    public Dictionary<string, int> Strikes { get; } = [];

    public void CountStrike(string kind) => Strikes[kind] = Strikes.GetValueOrDefault(kind) + 1;

    public void CountKill() => Interlocked.Increment(ref _kills);
}
