using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Brownfield.Controllers;

/// <summary>Tokens that this service signs and accepts itself.</summary>
public static class Tokens
{
    private const string Issuer = "https://library.example";

    private static readonly SymmetricSecurityKey Key = new(Encoding.UTF8.GetBytes("a key that only a test would write down here"));

    public static void Configure(JwtBearerOptions jwt)
    {
        jwt.MapInboundClaims = false;
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = Key,
        };
    }

    public static string Create(string role) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Issuer,
        Subject = new ClaimsIdentity([new Claim("sub", "ann"), new Claim("role", role)]),
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
    });
}
