namespace CloudNative.RabbitMq.Publishing;

/// <summary>
/// What was sent on one channel and is not confirmed, in order; the broker counts from 1. Not thread-safe.
/// </summary>
internal sealed class ConfirmWindow
{
    private readonly Dictionary<ulong, Parcel> _byNumber = [];
    private ulong _sent;
    private ulong _gone;

    public int Count => _byNumber.Count;

    public void Add(Parcel parcel)
    {
        _byNumber[++_sent] = parcel;
    }

    /// <summary>Takes what a confirm speaks of.</summary>
    public List<Parcel> Take(ulong number, bool multiple)
    {
        var taken = new List<Parcel>();
        if (multiple)
        {
            while (_gone < number && _gone < _sent)
            {
                if (_byNumber.Remove(++_gone, out var parcel))
                {
                    taken.Add(parcel);
                }
            }
        }
        else if (_byNumber.Remove(number, out var one))
        {
            taken.Add(one);
            while (_gone < _sent && !_byNumber.ContainsKey(_gone + 1))
            {
                _gone++;
            }
        }

        return taken;
    }

    /// <summary>The first that may have been sent back.</summary>
    public Parcel? Find(string exchange, string routingKey, string? messageId)
    {
        for (var number = _gone + 1; number <= _sent; number++)
        {
            if (_byNumber.TryGetValue(number, out var parcel) && parcel.Returned is null
                && parcel.Exchange == exchange && parcel.RoutingKey == routingKey
                && (messageId is null || parcel.Properties.MessageId == messageId))
            {
                return parcel;
            }
        }

        return null;
    }

    /// <summary>All that is left, in the order in which it was sent.</summary>
    public List<Parcel> Rest()
    {
        var rest = new List<Parcel>();
        for (var number = _gone + 1; number <= _sent; number++)
        {
            if (_byNumber.TryGetValue(number, out var parcel))
            {
                rest.Add(parcel);
            }
        }

        return rest;
    }
}
