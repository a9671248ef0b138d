using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Eventing.Handling;

/// <summary>A handler without the type of its event.</summary>
/// <param name="description">What a message calls it: a class or a method.</param>
internal abstract class HandlerCode(string description)
{
    /// <summary>What a message calls it.</summary>
    public string Description { get; } = description;

    /// <summary>The type of the event.</summary>
    public abstract Type EventType { get; }

    /// <summary>Reads the data and calls the handler; throws <see cref="UnreadableDataException"/> when the data cannot be read.</summary>
    public abstract ValueTask InvokeAsync(JsonTypeInfo json, EventContext context, CancellationToken cancellationToken);

    /// <summary>A handler class: from the scope's services, else made for the attempt and disposed after it.</summary>
    public static HandlerCode Of<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, T>()
        where THandler : class, IEventHandler<T>
    {
        var instances = new ScopedFactory<THandler>();
        return new HandlerCode<T>(
            async (data, context, cancellationToken) =>
            {
                var handler = instances.Get(context.Services, out var isOurs);
                try
                {
                    await handler.HandleAsync(data, context, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    if (isOurs)
                    {
                        await ScopedFactory<THandler>.DisposeAsync(handler).ConfigureAwait(false);
                    }
                }
            },
            typeof(THandler).Name);
    }
}
