namespace CloudNative.Shared.Outbox;

/// <summary>The rows of an outbox, as <see cref="OutboxDrain"/> needs them from each kind of database.</summary>
internal interface IOutboxTable
{
    /// <summary>The position of the oldest row, or 0.</summary>
    ValueTask<long> HeadAsync(CancellationToken cancellationToken);

    /// <summary>The oldest rows, not more of them than a batch holds.</summary>
    ValueTask<OutboxBatch> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Removes a batch that was moved, and keeps aside what could not be; not to be cancelled.</summary>
    ValueTask<int> SettleAsync(OutboxBatch batch);

    /// <summary>Takes the right to drain, or answers null while somebody else has it.</summary>
    ValueTask<IAsyncDisposable?> TryTakeTurnAsync(CancellationToken cancellationToken);

    /// <summary>Says of a row that it cannot be read.</summary>
    void TellSetAside(long position, string reason);

    /// <summary>Says that whoever has the turn stands still, and that it is gone past.</summary>
    void TellGoingPast(TimeSpan waited);
}
