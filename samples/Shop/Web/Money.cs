using System.Globalization;

namespace Shop.Web;

/// <summary>How prices are written.</summary>
internal static class Money
{
    public static string Euros(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"€ {amount:N2}");
}
