namespace CloudNative.Shared.EventLog;

/// <summary>What belongs to one transaction.</summary>
internal interface ILogScope
{
    /// <summary>The time, in Unix milliseconds.</summary>
    long Now { get; }

    /// <summary>Other members and processes should look when it is committed.</summary>
    void TellOthers();
}
