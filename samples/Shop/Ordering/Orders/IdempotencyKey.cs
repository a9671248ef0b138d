using System.Security.Cryptography;
using System.Text.Json;

namespace Shop.Ordering.Orders;

/// <summary>
/// The client's name for one attempt to order, in the <c>Idempotency-Key</c> header: however often the request is sent, there is
/// one order. The fingerprint tells a repetition from another order under the same key.
/// </summary>
internal sealed record IdempotencyKey(string Value, string Fingerprint)
{
    public const string Header = "Idempotency-Key";
    public const int MaximumLength = 100;

    public static IdempotencyKey? Read(string? header, PlaceOrder request) =>
        header is { Length: > 0 and <= MaximumLength } ? new IdempotencyKey(header, Hash(request)) : null;

    private static string Hash(PlaceOrder request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request)));
}
