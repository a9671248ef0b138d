namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>A message that a handler or consumer got.</summary>
/// <param name="Order">Its order.</param>
/// <param name="Id">Its id.</param>
/// <param name="Total">Its total, where it has one.</param>
/// <param name="Trace">The trace that it came with.</param>
/// <param name="Correlation">The correlation that it came with.</param>
/// <param name="Tenant">A header of the user's that it came with.</param>
internal sealed record Arrival(
    string Order, string Id, decimal Total = 0, string? Trace = null, string? Correlation = null, object? Tenant = null);
