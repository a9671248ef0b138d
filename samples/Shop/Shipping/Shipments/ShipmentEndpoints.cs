using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Shipping.Shipments;

/// <summary>The HTTP API of shipping.</summary>
internal static class ShipmentEndpoints
{
    public static void MapShipments(this IEndpointRouteBuilder app) => app.MapGet("/shipments", ListAsync);

    private static async Task<Ok<ShipmentPage>> ListAsync(
        ShipmentStore store,
        CancellationToken cancellationToken,
        [Range(1, 1_000_000), DefaultValue(1)] int page = 1,
        [Range(1, 200), DefaultValue(20)] int pageSize = 20) =>
        TypedResults.Ok(await store.ListAsync(page, pageSize, cancellationToken));
}
