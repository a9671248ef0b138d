using Shop.Web.Cards;
using Shop.Web.DeadLetters;
using Shop.Web.Engine;
using Shop.Web.Events;
using Shop.Web.Faults;
using Shop.Web.Goodput;
using Shop.Web.Orders;

namespace Shop.Web.Panel;

internal static class PanelServices
{
    public static void AddPanel(this IServiceCollection services)
    {
        services.AddSingleton<EngineClient>();
        services.AddSingleton<ServiceWatch>();
        services.AddSingleton<BackstageWatch>();
        services.AddSingleton<PanelFeed>();
        services.AddSingleton<DeadLetterClient>();
        services.AddHttpClient(DeadLetterClient.Client);
        services.AddSingleton<EventClient>();
        services.AddHttpClient(EventClient.Client);
        services.AddHttpClient<OrderCounting>(http => http.BaseAddress = new Uri($"http://{OrderingClient.Service}"));
        services.AddHttpClient<CardNetworkClient>(http => http.BaseAddress = new Uri($"http://{CardNetworkClient.Service}"));
        services.AddSingleton<Commands>();
        services.AddSingleton<RequestLog>();
        services.AddTransient<RequestRecorder>();
        services.AddSingleton<FaultClient>();
        services.AddHttpClient(FaultClient.Client);
        services.AddSingleton<GoodputLog>();
        services.AddSingleton<Load>();
        services.AddHostedService(provider => provider.GetRequiredService<Load>());
    }
}
