using CloudNative.EntityFrameworkCore.Model;
using CloudNative.EntityFrameworkCore.Outbox;
using CloudNative.Eventing;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore;

/// <summary>The outbox of a context.</summary>
public static class OutboxExtensions
{
    /// <summary>
    /// Adds an event to what the next SaveChanges of a context writes. It is published once that is committed; when it
    /// is not, nothing is.
    /// </summary>
    /// <param name="outbox">The outbox.</param>
    /// <param name="context">The context; named by <c>UseEntityFrameworkOutbox</c>.</param>
    /// <param name="data">The event.</param>
    /// <param name="options">What to say beyond the data.</param>
    /// <typeparam name="T">The type of the event.</typeparam>
    /// <exception cref="EventRejectedException">The event cannot be published by anybody, as it is.</exception>
    /// <exception cref="InvalidOperationException">
    /// The context was not named as an outbox, or its model lacks the tables.
    /// </exception>
    public static void Enqueue<T>(this IOutbox outbox, DbContext context, T data, PublishOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        ArgumentNullException.ThrowIfNull(context);
        var interceptor = NamedContexts.Find(context);
        context.Add(OutboxEvent.From(outbox.Prepare(data, options), interceptor.Now));
    }
}
