using Microsoft.Extensions.Primitives;
using Shop.Web.Baskets;

namespace Shop.Web.Orders;

/// <summary>What the order button sends: the lines as the visitor saw them, and the key of the attempt.</summary>
public sealed record OrderForm(string Key, IReadOnlyList<BasketLine> Lines)
{
    private const int MaximumKey = 100;

    /// <summary>Reads the fields.</summary>
    /// <param name="key">The key.</param>
    /// <param name="lines">Each as <c>quantity:product</c>.</param>
    /// <returns>The form, or <see langword="null"/> when it is none of ours.</returns>
    public static OrderForm? Read(string? key, StringValues lines)
    {
        if (key is not { Length: > 0 and <= MaximumKey } || key.Any(symbol => !char.IsAsciiLetterOrDigit(symbol))
            || lines is not { Count: > 0 and <= Basket.MaximumLines })
        {
            return null;
        }

        BasketLine?[] read = [.. lines.Select(line => Read(line ?? ""))];
        return read.Contains(null) ? null : new OrderForm(key, read!);
    }

    public static string Write(BasketLine line) => $"{line.Quantity}:{line.ProductId}";

    private static BasketLine? Read(string text) =>
        text.Split(':', 2) is [var quantity, { Length: > 0 and <= 100 } id]
        && int.TryParse(quantity, out var count) && count is > 0 and <= Basket.MaximumQuantity
            ? new BasketLine(id, count)
            : null;
}
