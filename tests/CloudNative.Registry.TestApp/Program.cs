using System.Globalization;
using CloudNative.Leases;

var builder = WebApplication.CreateSlimBuilder(args);
if (builder.Configuration["CloudNative:Providers"] == "kubernetes")
{
    builder.Configuration.AddKubernetesConfigMap("greeter").AddKubernetesSecret("greeter");
    builder.Configuration.AddKubernetesFiles(builder.Configuration["Mounted"]!);
    builder.AddCloudNative(cloud => cloud.UseKubernetes());
}
else
{
    if (builder.Configuration["Greeting"] is null)
    {
        builder.Configuration.AddConsulKeyValue("config/greeter");
        builder.Configuration.AddConsulKeyValue(source =>
        {
            source.Prefix = "config/greeter.json";
            source.Format = CloudNative.Consul.ConsulKeyValueFormat.Json;
        });
    }

    builder.AddCloudNative(cloud => cloud.UseConsul());
}

builder.Services.AddHttpClient("greeter", client => client.BaseAddress = new Uri("http://greeter"));

var app = builder.Build();
app.MapCloudNative();
app.MapGet("/greeting", (IConfiguration configuration) => $"{configuration["Greeting"]} {configuration["Names:0"]}{configuration["Mark"]}");
app.MapGet("/call", (IHttpClientFactory clients, CancellationToken cancellationToken) =>
    clients.CreateClient("greeter").GetStringAsync(new Uri("/greeting", UriKind.Relative), cancellationToken));
app.MapPost("/greeting", (IConfiguration configuration) => configuration["Greeting"]);
app.MapPost("/call", async (IHttpClientFactory clients, CancellationToken cancellationToken) =>
{
    using var client = clients.CreateClient("greeter");
    using var response = await client.PostAsync(new Uri("/greeting", UriKind.Relative), null, cancellationToken);
    return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
});
app.MapGet("/lease", async (ILeaseProvider leases, CancellationToken cancellationToken) =>
{
    await using var lease = await leases.TryAcquireAsync("greeting", TimeSpan.FromSeconds(5), cancellationToken);
    return lease?.FencingToken.ToString(CultureInfo.InvariantCulture) ?? "held";
});
app.Run();
