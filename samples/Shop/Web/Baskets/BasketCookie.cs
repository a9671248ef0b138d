using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Shop.Web.Baskets;

/// <summary>
/// Keeps the basket in a signed and encrypted cookie: any instance of this service can read it, and none has to store it.
/// </summary>
internal sealed class BasketCookie(IDataProtectionProvider protection)
{
    private const string Name = "basket";

    private readonly IDataProtector _protector = protection.CreateProtector("Shop.Basket.1");

    /// <summary>The visitor's basket; empty when there is none or somebody tampered with it.</summary>
    public Basket Read(HttpRequest request)
    {
        if (request.Cookies[Name] is not { Length: > 0 } value)
        {
            return Basket.Empty;
        }

        try
        {
            return JsonSerializer.Deserialize<Basket>(_protector.Unprotect(value)) ?? Basket.Empty;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return Basket.Empty;
        }
    }

    public void Write(HttpResponse response, Basket basket)
    {
        var options = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            MaxAge = TimeSpan.FromDays(30),
            Secure = response.HttpContext.Request.IsHttps,
        };
        if (basket.Lines.Count == 0)
        {
            response.Cookies.Delete(Name, options);
            return;
        }

        response.Cookies.Append(Name, _protector.Protect(JsonSerializer.Serialize(basket)), options);
    }
}
