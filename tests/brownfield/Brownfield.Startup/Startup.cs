namespace Brownfield.Startup;

/// <summary>The way of services that are older than minimal hosting.</summary>
public sealed class Startup(IConfiguration configuration)
{
    public void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<Visits>();
        services.AddHealthChecks();
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins("https://shop.example")));
    }

    public void Configure(IApplicationBuilder app, Visits visits)
    {
        app.Use(async (context, next) =>
        {
            visits.Count();
            context.Response.Headers["X-Visits"] = $"{visits.Total}";
            await next(context);
        });
        app.UsePathBase("/shop");
        app.UseRouting();
        app.UseCors();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapGet("/visits", async context => await context.Response.WriteAsync($"{visits.Total}"));
            endpoints.MapHealthChecks("/healthz");
            if (configuration.GetValue<bool>("WithCloudNative"))
            {
                endpoints.MapCloudNative();
            }
        });
    }
}
