using System.Data.Common;
using System.Runtime.CompilerServices;
using CloudNative.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CloudNative.EntityFrameworkCore.Outbox;

/// <summary>
/// Sees a context save events, and tells the relay when they are committed: with the save where that has a transaction
/// of its own, with the context's transaction otherwise.
/// </summary>
internal abstract class CommitInterceptor(TimeProvider time) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, List<OutboxEvent>> _saving = [];

    /// <summary>The time that rows get.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Note(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(eventData.Context);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return new(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Failed(eventData.Context);

    public override Task SaveChangesFailedAsync(
        DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData.Context);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => Failed(eventData.Context);

    public override Task SaveChangesCanceledAsync(
        DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Committed(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    protected abstract void Tell();

    private void Note(DbContext? context)
    {
        if (context is null)
        {
            return;
        }

        List<OutboxEvent> added = [.. context.ChangeTracker.Entries<OutboxEvent>()
            .Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)];
        if (added.Count > 0)
        {
            _saving.GetOrCreateValue(context).AddRange(added);
        }
    }

    private void Saved(DbContext? context)
    {
        if (context is null || !_saving.TryGetValue(context, out var saved))
        {
            return;
        }

        // They belong to the relay from here on; a context that lives on should not keep them.
        foreach (var row in saved)
        {
            context.Entry(row).State = EntityState.Detached;
        }

        saved.Clear();
        if (context.Database.CurrentTransaction is null)
        {
            Committed(context);
        }
    }

    private void Failed(DbContext? context)
    {
        if (context is not null && _saving.TryGetValue(context, out var saving))
        {
            saving.Clear(); // What an earlier save of the same transaction wrote may still be committed.
        }
    }

    // A save has a transaction of its own where there is none; it is over when the save is.
    private void Committed(DbContext? context)
    {
        if (context is not null && _saving.TryGetValue(context, out var saving) && saving.Count == 0)
        {
            _saving.Remove(context);
            Tell();
        }
    }
}
