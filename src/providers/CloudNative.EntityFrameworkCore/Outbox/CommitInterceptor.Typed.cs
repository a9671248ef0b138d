using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Outbox;

/// <summary>The interceptor of one type of context.</summary>
internal sealed class CommitInterceptor<TContext>(TimeProvider time, CommitSignal<TContext> signal) : CommitInterceptor(time)
    where TContext : DbContext
{
    protected override void Tell() => signal.Committed();
}
