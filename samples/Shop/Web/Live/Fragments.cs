using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Shop.Web.Live;

/// <summary>Renders a part of a page by itself, the same component that the page is made of, to send it to a page that is open.</summary>
internal sealed class Fragments(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync<TPart>(params (string Name, object? Value)[] parameters)
        where TPart : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var values = ParameterView.FromDictionary(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPart>(values)).ToHtmlString());
    }
}
