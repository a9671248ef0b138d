namespace Shop.Web.Orders;

/// <summary>Hands the one stream of all orders' steps to whichever pages wait for them. Thread-safe.</summary>
internal sealed class OrderHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<OrderListener>> _listeners = [];
    private bool _isBroken;

    /// <summary>Begins to listen: look at the order after this, and no step falls in between.</summary>
    public OrderListener Listen(Guid order)
    {
        lock (_lock)
        {
            var listener = new OrderListener(Forget, order, _isBroken);
            if (!_listeners.TryGetValue(order, out var others))
            {
                _listeners[order] = others = [];
            }

            others.Add(listener);
            return listener;
        }
    }

    public void Publish(OrderStep step)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners.GetValueOrDefault(step.OrderId) ?? [])
            {
                listener.Tell(step);
            }
        }
    }

    /// <summary>Ordering streams.</summary>
    /// <param name="missed">Whether it began anew, so that steps from before were not seen.</param>
    public void Connected(bool missed) => TellAll(isBroken: false, mustLook: missed);

    /// <summary>Ordering does not stream.</summary>
    public void Broken() => TellAll(isBroken: true, mustLook: false);

    private void TellAll(bool isBroken, bool mustLook)
    {
        lock (_lock)
        {
            if (_isBroken == isBroken && !mustLook)
            {
                return;
            }

            _isBroken = isBroken;
            foreach (var listener in _listeners.Values.SelectMany(listeners => listeners))
            {
                listener.Tell(isBroken, mustLook);
            }
        }
    }

    private void Forget(OrderListener listener)
    {
        lock (_lock)
        {
            if (_listeners.TryGetValue(listener.Order, out var others) && others.Remove(listener) && others.Count == 0)
            {
                _listeners.Remove(listener.Order);
            }
        }
    }
}
