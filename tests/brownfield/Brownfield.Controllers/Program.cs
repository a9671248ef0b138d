using Brownfield.Controllers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

const long uploadLimit = 100L * 1024 * 1024;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddProblemDetails(problem => problem.CustomizeProblemDetails = context =>
    context.ProblemDetails.Extensions["ticket"] = context.HttpContext.Response.Headers["X-Ticket"].ToString());
builder.Services.AddHealthChecks();
builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(jwt => Tokens.Configure(jwt));
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("librarian", policy => policy.RequireClaim("role", "librarian"))
    .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = uploadLimit);
builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = uploadLimit);
builder.Services.AddHttpClient<ArchiveClient>(client => client.BaseAddress = new Uri("http://archive"));
var withCloudNative = builder.Configuration.GetValue<bool>("WithCloudNative");
if (withCloudNative)
{
    builder.AddCloudNative();
}

var app = builder.Build();

// The order matters: an error page carries the ticket, closed hours answer before anybody is asked for a token.
app.Use((context, next) =>
{
    context.Response.OnStarting(() => Task.FromResult(context.Response.Headers["X-Ticket"] = Ticket(context)));
    context.Response.Headers["X-Ticket"] = Ticket(context);
    return next(context);
});
app.UseExceptionHandler();
app.UseStatusCodePages();
app.Use((context, next) =>
{
    if (context.Request.Headers.ContainsKey("X-After-Hours"))
    {
        context.Response.StatusCode = StatusCodes.Status418ImATeapot;
        return context.Response.WriteAsync("closed");
    }

    return next(context);
});
app.UseAuthentication();
app.UseAuthorization();
app.MapHealthChecks("/health").AllowAnonymous();
app.MapControllers();
if (withCloudNative)
{
    app.MapCloudNative();
}

await app.RunAsync();

static string Ticket(HttpContext context) => $"{context.Request.Headers["X-Ticket"]}-seen";
