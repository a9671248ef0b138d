namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>What somebody does with dead letters.</summary>
internal enum LetterAct
{
    /// <summary>Nothing: there is something to read.</summary>
    Look,

    /// <summary>To send them back; nobody else does until a time.</summary>
    Claim,

    /// <summary>They stay: sending them back did not work.</summary>
    Release,

    /// <summary>They were sent back.</summary>
    Gone,

    /// <summary>To be removed.</summary>
    Discard,

    /// <summary>To have other data: those of the entry.</summary>
    Edit,
}
