namespace CloudNative.FaultTests.Storm;

/// <summary>What the processes of a storm share: their log or broker, and what can be done to it.</summary>
internal interface IStormGround
{
    /// <summary>The provider of the events.</summary>
    string Provider { get; }

    /// <summary>A directory or a connection string.</summary>
    string Place { get; }

    /// <summary>Does something to it and notes what.</summary>
    Task StrikeAsync(Random random, StormTally tally);

    /// <summary>Whether that which a run is about was done often enough.</summary>
    bool IsStruckEnough(StormTally tally);
}
