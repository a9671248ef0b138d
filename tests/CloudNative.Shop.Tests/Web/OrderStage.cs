using System.Collections.Concurrent;

namespace CloudNative.Shop.Tests.Web;

/// <summary>How far all orders are: what the test says.</summary>
internal sealed class OrderStage
{
    private string _status = "placed";

    public ConcurrentDictionary<Guid, bool> Orders { get; } = new();

    public ChangeStreams Changes { get; } = new();

    public string Status
    {
        get => Volatile.Read(ref _status);
        set
        {
            Volatile.Write(ref _status, value);
            foreach (var order in Orders.Keys)
            {
                Changes.Add(order, value);
            }
        }
    }
}
