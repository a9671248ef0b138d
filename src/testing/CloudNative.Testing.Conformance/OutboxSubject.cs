using System.Data.Common;
using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What <see cref="OutboxStoreConformance"/> tests: an empty database with an outbox, as two processes see it. The stores are not
/// prepared yet.
/// </summary>
public abstract class OutboxSubject : IAsyncDisposable
{
    /// <summary>The outbox as one process sees it.</summary>
    public abstract IOutboxStore First { get; }

    /// <summary>The outbox as another process sees it.</summary>
    public abstract IOutboxStore Second { get; }

    /// <summary>Opens a connection of the service to the database.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The open connection; the suite disposes it.</returns>
    public abstract ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Opens a connection of the same kind to another database.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The open connection; the suite disposes it.</returns>
    public abstract ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken);

    /// <summary>Makes the oldest committed event unreadable, as a hand in the table could.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when it is.</returns>
    public abstract ValueTask SpoilOldestAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
