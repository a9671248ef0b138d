using CloudNative;

var builder = WebApplication.CreateBuilder(args);
builder.AddCloudNative();

// The service calls itself by its name: each call goes to one of the instances that run at that moment.
builder.Services.AddHttpClient("quickstart", client => client.BaseAddress = new Uri("http://quickstart"));

var app = builder.Build();
var me = app.Services.GetRequiredService<ServiceInfo>().InstanceId[..8];
app.MapGet("/hello", () => me);
app.MapCloudNative();

await app.StartAsync();
Console.WriteLine($"I am {me} at {app.Urls.First()}. Start me again in another terminal. Ctrl-C stops me.");

var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("quickstart");
var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
try
{
    while (await second.WaitForNextTickAsync(app.Lifetime.ApplicationStopping))
    {
        var answer = await client.GetStringAsync("/hello", app.Lifetime.ApplicationStopping);
        Console.WriteLine(answer == me ? $"{answer} answered, that is me" : $"{answer} answered");
    }
}
catch (OperationCanceledException)
{
    await app.WaitForShutdownAsync();
}
