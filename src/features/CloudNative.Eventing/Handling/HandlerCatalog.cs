using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.Handling;

/// <summary>All handlers of the host: those of the builder, then those that were mapped on the host before it started.</summary>
internal sealed class HandlerCatalog(IEnumerable<HandlerRegistration> registered)
{
    private readonly Lock _writing = new();
    private readonly List<HandlerRegistration> _handlers = [.. registered];
    private bool _settled;

    public IEventHandlerBuilder Add(HandlerRegistration handler)
    {
        lock (_writing)
        {
            if (_settled)
            {
                throw new InvalidOperationException(
                    $"{ErrorIds.MappedTooLate} MapEvent(\"{handler.Topic}\", …) was called after the host had started. "
                    + "Map handlers before app.Run(): subscriptions begin with the host and do not change.");
            }

            _handlers.Add(handler);
            return handler;
        }
    }

    /// <summary>What is there now.</summary>
    public IReadOnlyList<HandlerRegistration> Snapshot()
    {
        lock (_writing)
        {
            return [.. _handlers];
        }
    }

    /// <summary>Takes what is there; nothing is added from now on.</summary>
    public IReadOnlyList<HandlerRegistration> Settle()
    {
        lock (_writing)
        {
            _settled = true;
            foreach (var handler in _handlers)
            {
                handler.Settle();
            }

            return _handlers;
        }
    }
}
