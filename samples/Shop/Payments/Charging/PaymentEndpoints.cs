using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Payments.Charging;

/// <summary>The HTTP API of payments.</summary>
internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder app) => app.MapGet("/payments", ListAsync);

    private static async Task<Ok<PaymentPage>> ListAsync(
        PaymentStore store,
        CancellationToken cancellationToken,
        [Range(1, 1_000_000), DefaultValue(1)] int page = 1,
        [Range(1, 200), DefaultValue(20)] int pageSize = 20) =>
        TypedResults.Ok(await store.ListAsync(page, pageSize, cancellationToken));
}
