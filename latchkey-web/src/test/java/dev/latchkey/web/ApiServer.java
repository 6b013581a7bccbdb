package dev.latchkey.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An API behind the proxy, on a free loopback port. */
final class ApiServer {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    ApiServer(Answers answers) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new Api(answers)), "/*");
        server.setHandler(context);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    }

    void stop() throws Exception {
        server.stop();
    }

    /** The path and query of a request. */
    static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    /** What the API does. */
    interface Answers {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private static final class Api extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Answers answers;

        Api(Answers answers) {
            this.answers = answers;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            answers.answer(request, response);
        }
    }
}
