using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Tests.Management;

public sealed class ManagementAccessTests
{
    private static readonly IPAddress Elsewhere = IPAddress.Parse("203.0.113.7");
    private readonly FakeDeadLetters _letters = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Allow_EverythingElseNeedsAUser_LocalCallersAreAnswered()
    {
        await using var app = await ManagedApp.StartAsync(_letters, builder =>
        {
            builder.Services.AddAuthentication("key").AddScheme<AuthenticationSchemeOptions, KeyHandler>("key", null);
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        });

        Assert.Equal(HttpStatusCode.OK, await GetAsync(app));
    }

    [Fact]
    public async Task Allow_CallerElsewhere_FindsNothing()
    {
        await using var app = await ManagedApp.StartAsync(
            _letters, use: app => app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = Elsewhere;
                return next(context);
            }));

        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(app));
    }

    [Fact]
    public async Task Allow_AddressThatMiddlewareRewroteToLoopback_IsJudgedByTheSocket()
    {
        await using var app = await ManagedApp.StartAsync(
            _letters, use: app => app.Use((context, next) =>
            {
                context.Features.Set<IConnectionEndPointFeature>(new Socket(new IPEndPoint(Elsewhere, 40_000)));
                context.Connection.RemoteIpAddress = IPAddress.Loopback;
                return next(context);
            }));

        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(app));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "rebound.example.com")]
    [InlineData("Host", "203.0.113.7")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task Allow_HandedOnOrFromAnotherSite_FindsNothing(string name, string value)
    {
        await using var app = await ManagedApp.StartAsync(_letters);

        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(app, (name, value)));
    }

    [Theory]
    [InlineData("Host", "orders")]
    [InlineData("Host", "localhost:8080")]
    [InlineData("Host", "shop.localhost")]
    [InlineData("Host", "[::1]:8080")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task Allow_LocalNames_AreAnswered(string name, string value)
    {
        await using var app = await ManagedApp.StartAsync(_letters);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(app, (name, value)));
    }

    [Fact]
    public async Task Allow_FormOfAnotherSite_ChangesNothing()
    {
        _letters.Add(1, []);
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{ManagedApp.Path}/discard")
        {
            Content = new StringContent("{\"ids\":[1]}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Origin", "https://elsewhere.example");

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(1, _letters.Count);
    }

    [Theory]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData("clerk", HttpStatusCode.Forbidden)]
    [InlineData("operator", HttpStatusCode.OK)]
    public async Task Allow_PolicyAndCallerElsewhere_IsUpToThePolicy(string role, HttpStatusCode expected)
    {
        await using var app = await StartWithPolicyAsync(
            app => app.Use((context, next) =>
            {
                context.Connection.RemoteIpAddress = Elsewhere;
                return next(context);
            }));

        Assert.Equal(expected, await GetAsync(app, ("X-Role", role), ("Host", "orders.example.com"), ("X-Forwarded-For", "203.0.113.7")));
    }

    [Theory]
    [InlineData("", HttpStatusCode.Forbidden)]
    [InlineData("operator", HttpStatusCode.OK)]
    public async Task Allow_LocalSwitchedOff_AsksForThePolicy(string role, HttpStatusCode expected)
    {
        await using var app = await StartWithPolicyAsync(_ => { }, ("CloudNative:Management:AllowLocal", "false"));

        Assert.Equal(expected, await GetAsync(app, ("X-Role", role)));
    }

    private Task<WebApplication> StartWithPolicyAsync(Action<WebApplication> use, params (string Key, string? Value)[] configuration) =>
        ManagedApp.StartAsync(
            _letters,
            builder =>
            {
                builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, KeyHandler>("key", null);
                builder.Services.AddAuthorizationBuilder().AddPolicy(
                    "operators", policy => policy.AddAuthenticationSchemes("key").RequireRole("operator"));
            },
            use,
            [("CloudNative:Management:Policy", "operators"), .. configuration]);

    private static async Task<HttpStatusCode> GetAsync(WebApplication app, params (string Name, string Value)[] headers)
    {
        using var client = app.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, ManagedApp.Path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, Cancel);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Assert.Empty(await response.Content.ReadAsStringAsync(Cancel));
        }

        return response.StatusCode;
    }

    private sealed record Socket(EndPoint? RemoteEndPoint) : IConnectionEndPointFeature
    {
        EndPoint? IConnectionEndPointFeature.RemoteEndPoint { get => RemoteEndPoint; set => throw new NotSupportedException(); }

        public EndPoint? LocalEndPoint { get => new IPEndPoint(IPAddress.Loopback, 80); set => throw new NotSupportedException(); }
    }

    private sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var role = Request.Headers["X-Role"].ToString();
            return Task.FromResult(role.Length == 0
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, role)], "key")), "key")));
        }
    }
}
