using System.Reflection;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Issuer.Server.Edge.Grpc;

/// <summary>
/// The methods of a generated service as Grpc.AspNetCore finds them itself, but a message that is not protobuf is the
/// sender's fault and not UNKNOWN.
/// </summary>
sealed class CheckedMethods<TService> : IServiceMethodProvider<TService>
    where TService : class
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        var (bind, serviceBase) = Generated();
        bind.BindType.GetMethod(bind.BindMethodName, [typeof(ServiceBinderBase), serviceBase])!
            .Invoke(null, [new Binder(context), null]);
    }

    static (BindServiceMethodAttribute Bind, Type ServiceBase) Generated()
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } bind)
            {
                return (bind, type);
            }
        }
        throw new InvalidOperationException($"{typeof(TService)} is not a generated service.");
    }

    sealed class Binder(ServiceMethodProviderContext<TService> context) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        {
            var answer = Find(method, typeof(TRequest));
            context.AddUnaryMethod(
                Checked(method), MetadataOf(answer),
                answer.CreateDelegate<UnaryServerMethod<TService, TRequest, TResponse>>());
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var answer = Find(method, typeof(IAsyncStreamReader<TRequest>));
            context.AddClientStreamingMethod(
                Checked(method), MetadataOf(answer),
                answer.CreateDelegate<ClientStreamingServerMethod<TService, TRequest, TResponse>>());
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var answer = Find(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>));
            context.AddServerStreamingMethod(
                Checked(method), MetadataOf(answer),
                answer.CreateDelegate<ServerStreamingServerMethod<TService, TRequest, TResponse>>());
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var answer = Find(method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>));
            context.AddDuplexStreamingMethod(
                Checked(method), MetadataOf(answer),
                answer.CreateDelegate<DuplexStreamingServerMethod<TService, TRequest, TResponse>>());
        }

        static MethodInfo Find(IMethod method, params Type[] parameters) =>
            typeof(TService).GetMethod(method.Name, [.. parameters, typeof(ServerCallContext)])
                ?? throw new InvalidOperationException($"{typeof(TService)} has no {method.Name}.");

        /// <summary>What the class says, then what the method says: the last one counts.</summary>
        static List<object> MetadataOf(MethodInfo answer) =>
        [
            .. typeof(TService).GetCustomAttributes(inherit: true), .. answer.GetCustomAttributes(inherit: true),
            new HttpMethodMetadata([HttpMethods.Post]),
        ];

        static Method<TRequest, TResponse> Checked<TRequest, TResponse>(Method<TRequest, TResponse> method)
            where TRequest : class
            where TResponse : class => new(
                method.Type, method.ServiceName, method.Name, Checked(method.RequestMarshaller),
                method.ResponseMarshaller);

        static Marshaller<T> Checked<T>(Marshaller<T> marshaller) => new(
            marshaller.ContextualSerializer,
            message =>
            {
                try
                {
                    return marshaller.ContextualDeserializer(message);
                }
                catch (InvalidProtocolBufferException)
                {
                    throw GrpcStatus.Malformed("a message cannot be read");
                }
            });
    }
}
