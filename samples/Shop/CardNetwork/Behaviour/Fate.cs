namespace Shop.CardNetwork.Behaviour;

/// <summary>How a request ends.</summary>
internal enum Fate
{
    /// <summary>As it should.</summary>
    Fine,

    /// <summary>It fails, and nothing was charged.</summary>
    FailsBefore,

    /// <summary>The worse failure: the card is charged, and the caller does not learn of it.</summary>
    FailsAfter,
}
