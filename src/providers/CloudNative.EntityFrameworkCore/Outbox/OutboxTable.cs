using CloudNative.EntityFrameworkCore.Contexts;
using CloudNative.Eventing;
using CloudNative.Shared.Outbox;
using CloudNative.Shared.OutboxSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CloudNative.EntityFrameworkCore.Outbox;

/// <summary>The rows in the database of a context.</summary>
internal sealed partial class OutboxTable<TContext>(
    ContextDatabase<TContext> database, Func<EntityFrameworkOutboxOptions> options, TimeProvider time, ILogger logger)
    : IOutboxTable
    where TContext : DbContext
{
    private readonly OutboxTurns<TContext> _turns = new(database, time, () => options().TakeOverAfter);

    public ValueTask<long> HeadAsync(CancellationToken cancellationToken) =>
        database.RunAsync(OutboxRows.HeadAsync, cancellationToken);

    public ValueTask<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken) =>
        database.RunAsync(OutboxRows.MeasureAsync, cancellationToken);

    public ValueTask<OutboxBatch> ReadAsync(CancellationToken cancellationToken) =>
        database.RunAsync(OutboxRows.ReadAsync, cancellationToken);

    public ValueTask<int> SettleAsync(OutboxBatch batch) => database.RunAsync(
        (connection, tables, _) => OutboxRows.SettleAsync(connection, tables, batch, time.GetUtcNow()),
        CancellationToken.None);

    public ValueTask<IAsyncDisposable?> TryTakeTurnAsync(CancellationToken cancellationToken) =>
        _turns.TryTakeAsync(cancellationToken);

    public void TellSetAside(long position, string reason) =>
        LogSetAside(logger, position, ContextDatabase<TContext>.Name, reason);

    public void TellGoingPast(TimeSpan waited) => LogGoingPast(logger, ContextDatabase<TContext>.Name, waited);
}
