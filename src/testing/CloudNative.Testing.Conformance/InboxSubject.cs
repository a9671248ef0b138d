using System.Data.Common;
using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What <see cref="InboxStoreConformance"/> tests: an empty database with an inbox, and the clock that the inbox goes by.
/// </summary>
public abstract class InboxSubject : IAsyncDisposable
{
    /// <summary>The inbox; not prepared yet.</summary>
    public abstract IInboxStore Store { get; }

    /// <summary>The time that claims made now get.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Opens a connection of the service to the database.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The open connection; the suite disposes it.</returns>
    public abstract ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Opens a connection of the same kind to another database.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The open connection; the suite disposes it.</returns>
    public abstract ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken);

    /// <summary>Lets time pass.</summary>
    /// <param name="time">How much.</param>
    public abstract void Advance(TimeSpan time);

    /// <summary>Ends the process, in effect: the store of a new one on the same database takes the place of <see cref="Store"/>.</summary>
    /// <returns>A task that completes when it has.</returns>
    public abstract ValueTask RestartAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
