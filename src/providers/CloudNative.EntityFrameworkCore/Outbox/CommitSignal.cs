using CloudNative.Shared.OutboxSql;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Outbox;

/// <summary>The signal of one type of context.</summary>
internal sealed class CommitSignal<TContext>(TimeProvider time) : CommitSignal(time)
    where TContext : DbContext;
