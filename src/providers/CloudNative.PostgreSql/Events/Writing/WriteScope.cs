using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>What belongs to one transaction.</summary>
internal sealed class WriteScope(long now) : ILogScope
{
    public long Now => now;

    /// <summary>Whether other members and processes should look.</summary>
    public bool IsTold { get; private set; }

    public void TellOthers() => IsTold = true;
}
