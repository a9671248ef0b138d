using CloudNative.Eventing;
using DeadLetters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddCloudNative();
builder.Services.AddSingleton<Bank>();
var host = builder.Build();

// One more attempt at once, none later: then the event is kept as a dead letter.
host.MapEvent("payments", (PaymentDue payment, Bank bank) => bank.Pay(payment.Number)).WithRetry(retry =>
{
    retry.Immediate = 1;
    retry.Delayed = 0;
});
await host.StartAsync();

var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
await host.Services.GetRequiredService<IEventPublisher>().PublishAsync(new PaymentDue(7), options: null, stopping);

// Operators do this over HTTP or a tool; here it is the program itself. It looks until the attempts are over.
var store = host.Services.GetRequiredService<IDeadLetterStore>();
var letters = await store.ListAsync(new DeadLetterQuery { Topic = "payments" }, stopping);
for (; letters.Count == 0; letters = await store.ListAsync(new DeadLetterQuery { Topic = "payments" }, stopping))
{
    await Task.Delay(TimeSpan.FromMilliseconds(50), stopping);
}

foreach (var letter in letters)
{
    Console.WriteLine($"{letter.Event?.Type} given up after {letter.Failure.Attempt} attempts: {letter.Failure.Detail}");
}

host.Services.GetRequiredService<Bank>().IsOpen = true;
var replayed = await store.ReplayAsync([.. letters.Select(letter => letter.Id)], stopping);
Console.WriteLine($"{replayed} replayed");

await host.WaitForShutdownAsync();
