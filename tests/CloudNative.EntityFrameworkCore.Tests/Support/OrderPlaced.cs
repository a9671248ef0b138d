using CloudNative.Eventing;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

[Event("orders.placed")]
internal sealed record OrderPlaced(string Item);
