using CloudNative.EntityFrameworkCore.Contexts;
using CloudNative.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CloudNative.EntityFrameworkCore.Outbox;

/// <summary>Knows a context that was named as an outbox by its interceptor.</summary>
internal static class NamedContexts
{
    /// <exception cref="InvalidOperationException">It was not named, or lacks the tables.</exception>
    public static CommitInterceptor Find(DbContext context)
    {
        var interceptors = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.Interceptors ?? [];
        var interceptor = interceptors.OfType<CommitInterceptor>().FirstOrDefault()
            ?? throw DatabaseErrors.NotNamed(context.GetType());
        return EventTables.AreIn(context) ? interceptor : throw DatabaseErrors.NotInTheModel(context.GetType());
    }
}
